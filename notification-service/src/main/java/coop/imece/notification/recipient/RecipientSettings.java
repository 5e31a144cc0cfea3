package coop.imece.notification.recipient;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param smsCountries ISO 3166-1 codes of the countries SMS are sent to: numbers elsewhere are what fraud is made with
@ConfigurationProperties("imece.recipients")
record RecipientSettings(Set<String> smsCountries) {}
