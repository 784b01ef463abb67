/** What k8s/ and the Dockerfile say, held to each other and to what the service really reads and serves. */
@NullMarked
package io.tabot.k8s;

import org.jspecify.annotations.NullMarked;
