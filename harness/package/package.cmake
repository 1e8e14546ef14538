# `cpack -G DEB` in a release build: a Debian package. tests/package.sh builds and tries one.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME halfopen)
set(CPACK_PACKAGE_VENDOR "the halfopen authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "replays network failures against WebSocket clients and judges how they reconnect")
set(CPACK_PACKAGE_DESCRIPTION
"A scriptable fake server and a lossy link put any WebSocket client through
a blocked port, a bad 101, a 1006 drop, packet loss and whatever else a
scenario says. halfopen watches from the server's side and from the wire,
and says what the client did, when, and which expectation it broke.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# Debian wants an address. Nobody has one under .invalid (RFC 2606), and no mail goes astray: who gives
# the package to others sets their own (cmake -DCPACK_DEBIAN_PACKAGE_MAINTAINER='NAME <ADDRESS>').
if(NOT CPACK_DEBIAN_PACKAGE_MAINTAINER)
  set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the halfopen authors <nobody@halfopen.invalid>")
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What the shipped clients need beside the reference client; without it they are `unsupported`.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nodejs, npm, python3-websockets")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "chromium, libnss3-tools, tshark")
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_layout.cmake)
include(CPack)
