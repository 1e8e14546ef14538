#include "io/net/errand.h"

#include <unistd.h>

#include <exception>

#include "base/error.h"
#include "io/net/process.h"

namespace halfopen::io {

Errand start_errand(const std::function<Message()>& work, std::vector<int> keep) {
  Channel answers = make_channel();
  const pid_t process = check_system("start a process", ::fork());
  if (process > 0) return {process, std::move(answers.ours)};
  try {
    keep.push_back(answers.theirs.get());
    close_all_but(std::move(keep));
    Message answer;
    try {
      answer = work();
    } catch (const std::exception& failure) {
      answer = problem_message(failure.what());
    }
    send(answers.theirs.get(), answer, Wait::yes);
  } catch (...) {
    ::_exit(1);  // nobody is left to be told
  }
  ::_exit(0);
}

Message answer_of(const Errand& errand) {
  try {
    Received received = receive(errand.answer.get(), Wait::yes);
    if (received.arrival == Arrival::message) return std::move(received.message);
    return problem_message("a helper process died");
  } catch (const Error& failure) {
    return problem_message(failure.what());
  }
}

}  // namespace halfopen::io
