// Prints scenarios/PROOFS.md.
#include <cstdio>
#include <exception>

#include "proofs/catalogue.h"

int main() try {
  std::fputs(halfopen::tests::proofs_page(halfopen::tests::load_evidence()).c_str(), stdout);
  return 0;
} catch (const std::exception& mistake) {
  std::fprintf(stderr, "%s\n", mistake.what());
  return 1;
}
