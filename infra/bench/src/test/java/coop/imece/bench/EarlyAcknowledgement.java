package coop.imece.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Breaks a running notification-service on purpose: from now on a mail counts as accepted when it is handed to the
/// lane, and is sent afterwards, a hundred a second. That is the fault the kill test exists to find.
///
/// It is loaded into the other process as an agent, in a jar of its own, so it must do without any other class of
/// ours.
public final class EarlyAcknowledgement implements ClassFileTransformer {

    private static final String LANE = "coop.imece.notification.channel.email.MailLane";
    private static final String MAIL = "coop.imece.notification.channel.email.Mail";
    private static final String OUTCOME = "coop.imece.notification.channel.email.MailOutcome";
    private static final String ACCEPTED = "coop.imece.notification.channel.email.MailOutcome$Accepted";

    private EarlyAcknowledgement() {}

    /// @param pid of the service to break; it is whole again when it is started again
    /// @param folder for the agent's jar
    static void breakIn(long pid, Path folder) throws Exception {
        var service = VirtualMachine.attach(Long.toString(pid));
        try {
            service.loadAgent(jar(folder).toString());
        } finally {
            service.detach();
        }
    }

    private static Path jar(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", EarlyAcknowledgement.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        String name = EarlyAcknowledgement.class.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("early-acknowledgement.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream itself = EarlyAcknowledgement.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new JarEntry(name));
            Objects.requireNonNull(itself).transferTo(out);
        }
        return jar;
    }

    /// Called in the other process.
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        instrumentation.addTransformer(new EarlyAcknowledgement(), true);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(LANE)) {
                instrumentation.retransformClasses(loaded);
            }
        }
    }

    /// Puts `mail = acknowledged(mail)` before everything else in `MailLane.submit`.
    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
        if (!name.equals(LANE.replace('.', '/'))) {
            return null;
        }
        var here = ClassDesc.of(EarlyAcknowledgement.class.getName());
        var anyToAny = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
        var format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(Objects.requireNonNull(loader))));
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString("submit"), (method, element) -> {
                            if (element instanceof CodeModel code) {
                                method.withCode(body -> {
                                    body.aload(1)
                                            .invokestatic(here, "acknowledged", anyToAny)
                                            .checkcast(ClassDesc.of(MAIL))
                                            .astore(1);
                                    code.forEach(body::with);
                                });
                            } else {
                                method.with(element);
                            }
                        }));
    }

    /// Says that the mail was accepted; the answer is the same mail for the lane, whose real outcome nobody hears.
    public static Object acknowledged(Object mail) throws ReflectiveOperationException {
        ClassLoader loader = mail.getClass().getClassLoader();
        Class<?> type = Class.forName(MAIL, true, loader);
        Object accepted = Class.forName(ACCEPTED, true, loader)
                .getConstructor(String.class)
                .newInstance("250 not even sent");
        type.getMethod("done", Class.forName(OUTCOME, true, loader)).invoke(mail, accepted);
        return Proxy.newProxyInstance(
                loader, new Class<?>[] {type}, (_, method, arguments) -> switch (method.getName()) {
                    case "done" -> null;
                    case "awaitRoom" -> linger();
                    case "stale" -> false;
                    default -> method.invoke(mail, arguments);
                });
    }

    /// Each of ten connections.
    private static @Nullable Object linger() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(100));
        return null;
    }
}
