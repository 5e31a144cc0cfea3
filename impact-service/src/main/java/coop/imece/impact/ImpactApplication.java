package coop.imece.impact;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@EnableScheduling
class ImpactApplication {

    static void main(String[] args) {
        SpringApplication.run(ImpactApplication.class, args);
    }
}
