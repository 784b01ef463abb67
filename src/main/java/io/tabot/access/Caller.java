package io.tabot.access;

/** Who a request comes from, as a token has shown. */
public record Caller(String name, Role role, boolean isAgent) {}
