// How `kith admin` reaches a house that is serving: a socket inside the data directory, which only its owner (and root)
// can open. One question and one answer per connection.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/log.h"
#include "base/result.h"
#include "server/admin_acts.h"
#include "server/command_line.h"

namespace kith {

class AdminSocket {
 public:
  using Answerer = std::function<AdminAnswer(const AdminCommand&)>;

  // Answers one at a time on a thread of its own. The caller holds the data directory's lock, so a socket file that is
  // there already is a leftover.
  static Result<std::unique_ptr<AdminSocket>> open(const std::filesystem::path& path, Answerer answer, Log& log);
  ~AdminSocket();  // waits for the act that is being done, but not for somebody who has yet to say hers
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

 private:
  AdminSocket(int listening, int wake, std::filesystem::path path, Answerer answer, Log& log);
  void answer_until_stopped();
  void answer_one(int connection);

  int listening_;
  int wake_;
  std::filesystem::path path_;
  Answerer answer_;
  Log& log_;
  std::thread thread_;
};

// Asks the house that is serving. `unavailable` when nobody answers.
Result<AdminAnswer> ask_serving_house(const std::filesystem::path& path, const AdminCommand& command);

// Commands and answers as one line each.
std::string write_admin_line(const AdminCommand& command);
std::optional<AdminCommand> read_admin_line(std::string_view line);
std::string write_answer_line(const AdminAnswer& answer);
std::optional<AdminAnswer> read_answer_line(std::string_view line);

}  // namespace kith
