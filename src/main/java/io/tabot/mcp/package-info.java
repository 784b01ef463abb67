/** The service as tools for agents, by the Model Context Protocol. A tool is a call of the API and nothing else. */
@NullMarked
package io.tabot.mcp;

import org.jspecify.annotations.NullMarked;
