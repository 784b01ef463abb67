package io.tabot.mcp;

/**
 * What the API answered to a tool.
 *
 * @param isRefused whether the API did not do what it was asked
 * @param json the whole answer
 */
public record ApiAnswer(boolean isRefused, String json) {}
