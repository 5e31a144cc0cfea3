package coop.imece.notification.consent;

import coop.imece.notification.channel.Channel;
import coop.imece.platform.text.Language;

/// What somebody agrees to, word by word.
///
/// @param version the day it came into force
/// @param text one paragraph
public record ConsentText(String version, Channel channel, Language language, String text) {}
