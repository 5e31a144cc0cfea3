package coop.imece.platform.sample;

public record KnownNote(String text) {}
