package coop.imece.bench;

import coop.imece.launcher.demo.People;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many subscribers, made through the public API as everybody is.
final class Audience {

    /// Enough to keep two cores busy; each looks into the inbox until its message is there, which costs others time.
    private static final int AT_ONCE = 12;

    private Audience() {}

    /// The addresses, each confirmed.
    static List<String> subscribe(People people, int count, String kind, String region)
            throws InterruptedException, ExecutionException {
        return all(count, () -> people.subscriberByMail("tr", kind, region));
    }

    /// The numbers, each confirmed.
    static List<String> subscribeByPhone(People people, int count, String kind, String region)
            throws InterruptedException, ExecutionException {
        return all(count, () -> people.subscriberByPhone("tr", kind, region));
    }

    private static List<String> all(int count, Callable<String> one) throws InterruptedException, ExecutionException {
        var addresses = new ArrayList<String>(count);
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<String> subscribed : workers.invokeAll(Collections.nCopies(count, one))) {
                addresses.add(subscribed.get());
            }
        }
        return addresses;
    }
}
