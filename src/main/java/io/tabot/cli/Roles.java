package io.tabot.cli;

import io.tabot.access.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A role by its name in the file of tokens. */
final class Roles implements ITypeConverter<Role> {
    @Override
    public Role convert(String id) {
        return Role.of(id)
                .orElseThrow(() -> new TypeConversionException("'" + id + "' is not one of "
                        + Arrays.stream(Role.values()).map(Role::id).collect(Collectors.joining(", "))));
    }
}
