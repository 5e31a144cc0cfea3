package coop.imece.notification.recipient;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may be asked, and how often.
///
/// @param smsCountries ISO 3166-1 codes of the countries SMS are sent to: numbers elsewhere are what fraud is made with
/// @param confirmationSmsPerDay how many SMS that confirm subscriptions leave on a day (UTC), to whomever
@ConfigurationProperties("imece.recipients")
record RecipientSettings(
        Set<String> smsCountries, @DefaultValue("2000") int confirmationSmsPerDay) {}
