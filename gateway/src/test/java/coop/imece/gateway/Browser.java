package coop.imece.gateway;

import static org.assertj.core.api.Assertions.assertThat;

/// A browser that is signed in.
///
/// @param http how it reaches the gateway
/// @param cookie its session
public record Browser(Http http, String cookie) {

    public Http.Answer open(String path) {
        return http.page(path, "Cookie", cookie);
    }

    public Http.Answer send(String path, String fields) {
        return http.form(path, fields, "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    }

    /// Sends a form that is taken; where it leads.
    public String sent(String path, String fields) {
        Http.Answer answer = send(path, fields);
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return answer.header("Location");
    }

    /// The id of the account.
    public String account() {
        return http.get("/api/v1/me", "Cookie", cookie)
                .json()
                .required("account")
                .asString();
    }
}
