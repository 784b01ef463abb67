/** Live streams: numbered logs that many readers follow, each from where it likes and at its own pace. */
@NullMarked
package io.tabot.live;

import org.jspecify.annotations.NullMarked;
