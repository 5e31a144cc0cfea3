package coop.imece.directory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/// directory-service.
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DirectoryApplication {

    static void main(String[] args) {
        SpringApplication.run(DirectoryApplication.class, args);
    }
}
