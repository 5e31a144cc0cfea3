package coop.imece.platform.test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import coop.imece.platform.aggregate.AggregateRoot;
import coop.imece.platform.aggregate.Command;
import coop.imece.platform.aggregate.CommandType;
import coop.imece.platform.aggregate.DomainEvent;
import coop.imece.platform.aggregate.EventType;
import java.time.Instant;
import java.util.List;

/// The rules of the house every service keeps; call [#check] from its `ArchitectureTests`.
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /// Checks all rules on the main classes of a service.
    ///
    /// @param service its base package, for example `coop.imece.events`
    public static void check(String service) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(service);
        rules(service).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static List<ArchRule> rules(String service) {
        DescribedPredicate<JavaClass> domain = assignableTo(AggregateRoot.class)
                .or(assignableTo(DomainEvent.class))
                .or(assignableTo(Command.class));
        DescribedPredicate<JavaClass> springBeyondMapping = resideInAPackage("org.springframework..")
                .and(DescribedPredicate.not(resideInAnyPackage(
                        "org.springframework.data.annotation..",
                        "org.springframework.data.mongodb.core.mapping..",
                        "org.springframework.data.mongodb.core.index..")));
        DescribedPredicate<JavaClass> otherServices = resideInAPackage("coop.imece..")
                .and(DescribedPredicate.not(resideInAnyPackage(service + "..", "coop.imece.platform..")));
        return List.of(
                noClasses()
                        .that(domain)
                        .should()
                        .dependOnClassesThat(springBeyondMapping)
                        .as("aggregates, events and commands know nothing of Spring but the mapping annotations"),
                noClasses()
                        .should()
                        .dependOnClassesThat(otherServices)
                        .as("services share schemas and examples, never classes"),
                slices().matching(service + ".(*)..").should().beFreeOfCycles().as("packages form no cycle"),
                classes()
                        .that(assignableTo(DomainEvent.class))
                        .and()
                        .areNotInterfaces()
                        .should()
                        .beRecords()
                        .andShould()
                        .beAnnotatedWith(EventType.class)
                        .as("events are records with @EventType"),
                classes()
                        .that(assignableTo(Command.class))
                        .and()
                        .areNotInterfaces()
                        .should()
                        .beRecords()
                        .andShould()
                        .beAnnotatedWith(CommandType.class)
                        .as("commands are records with @CommandType"),
                classes()
                        .that()
                        .areAnnotatedWith("org.springframework.stereotype.Controller")
                        .or()
                        .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                        .or()
                        .areAnnotatedWith("org.springframework.context.annotation.Configuration")
                        .should()
                        .notBePublic()
                        .as("controllers and configuration are package-private"),
                classes()
                        .that()
                        .areAssignableTo("org.springframework.data.repository.Repository")
                        .should()
                        .notBePublic()
                        .as("repositories are package-private: other packages ask the use case"),
                noClasses().should().callMethod(Instant.class, "now").as("time comes from the injected Clock"),
                noClasses()
                        .should()
                        .resideInAnyPackage("..util..", "..common..", "..dto..", "..impl..", "..service..")
                        .as("packages are named after the domain"));
    }
}
