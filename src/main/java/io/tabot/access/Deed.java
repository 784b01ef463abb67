package io.tabot.access;

/** What a request wants, from harmless to harmful. */
public enum Deed {
    READ,
    /** Whatever changes nothing in the end: dry runs, validations. */
    REHEARSE,
    CHANGE,
    /** What is about the process and not about what it trades. */
    ADMINISTER
}
