package coop.imece.notification.channel.email;

import java.util.regex.Pattern;

/// What may stand between `<` and `>` in `RCPT TO` and in `To:`: printable ASCII without a blank, bracket, quote or
/// line break, so that no address can end the command or header it stands in.
final class EmailAddress {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,185}");

    private EmailAddress() {}

    static boolean valid(String address) {
        return SAFE.matcher(address).matches();
    }
}
