package coop.imece.bench;

import coop.imece.launcher.demo.People;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Many subscribers, made through the public API as everybody is.
final class Audience {

    private static final int AT_ONCE = 32;

    private Audience() {}

    /// The addresses, each confirmed.
    static List<String> subscribe(People people, int count, String kind, String region)
            throws InterruptedException, ExecutionException {
        var tasks = IntStream.range(0, count)
                .<Callable<String>>mapToObj(_ -> () -> people.subscriberByMail("tr", kind, region))
                .toList();
        var addresses = new ArrayList<String>(count);
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<String> one : workers.invokeAll(tasks)) {
                addresses.add(one.get());
            }
        }
        return addresses;
    }
}
