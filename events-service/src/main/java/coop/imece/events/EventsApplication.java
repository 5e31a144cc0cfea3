package coop.imece.events;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The process that keeps the calendar.
@SpringBootApplication
class EventsApplication {

    static void main(String[] args) {
        SpringApplication.run(EventsApplication.class, args);
    }
}
