package coop.imece.directory.representation;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param smsCountries ISO 3166-1 codes of the countries SMS are sent to: numbers elsewhere are what fraud is made with
@ConfigurationProperties("imece.invitations")
record InvitationSettings(Set<String> smsCountries) {}
