# What Debian has elsewhere than `cmake --install`, in the folder of which CPack makes a package.
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)

# Its zsh does not look into site-functions there: that is for what no package brings.
file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
file(RENAME ${share}/zsh/site-functions/_halfopen ${share}/zsh/vendor-completions/_halfopen)
file(REMOVE_RECURSE ${share}/zsh/site-functions)

# Without a date and a name in it (-n), a package built again is the same.
file(GLOB pages ${share}/man/man1/*.1)
execute_process(COMMAND gzip -9n ${pages} COMMAND_ERROR_IS_FATAL ANY)

configure_file(${CPACK_RESOURCE_FILE_LICENSE} ${share}/doc/halfopen/copyright COPYONLY)
