/** What an operator watches: metrics, health and the verdicts drawn from them. */
@NullMarked
package io.tabot.ops;

import org.jspecify.annotations.NullMarked;
