// What the benches of the store share: a scratch folder, the disk's own speed, texts like people's, a house with many
// conversations.
#pragma once

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "conversations/write_message.h"
#include "load/texts.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith::bench {

using load::Texts;

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] inline void give_up(std::string_view why) {
  fmt::print(stderr, "bench: {}\n", why);
  std::exit(1);
}

// The number after `name` on the command line.
inline std::size_t number_option(int argc, char** argv, std::string_view name, std::size_t otherwise) {
  for (int i = 1; i + 1 < argc; ++i)
    if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
  return otherwise;
}

// /tmp/kith-bench-XXXXXX, gone with this object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "kith-bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) give_up("no scratch folder");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// How often this disk makes 4 KB durable in a second: what a figure of this run is to be compared with.
inline double fdatasyncs_per_second(const std::filesystem::path& folder) {
  const auto file = folder / "fdatasync";
  int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) give_up("cannot write to the scratch folder");
  const std::string page(4096, 'k');
  int count = 0;
  const auto start = std::chrono::steady_clock::now();
  while (seconds_since(start) < 0.5) {
    if (::pwrite(descriptor, page.data(), page.size(), (count % 256) * 4096) < 0 || ::fdatasync(descriptor) != 0)
      give_up("the disk does not sync");
    ++count;
  }
  const double rate = count / seconds_since(start);
  ::close(descriptor);
  std::filesystem::remove(file);
  return rate;
}

// Runs a function in a group.
template <class Write>
class Unit : public WriteUnit {
 public:
  explicit Unit(Write write) : write_(std::move(write)) {}
  bool run(Tx& tx) override { return write_(tx); }

 private:
  Write write_;
};

// One message of one visitor, through the use case that a request would run.
class MessageUnit : public WriteUnit {
 public:
  void say(const Actor& visitor, WriteMessage message) {
    visitor_ = visitor;
    message_ = std::move(message);
  }
  bool run(Tx& tx) override { return write_message(tx, visitor_, message_).has_value(); }

 private:
  Actor visitor_;
  WriteMessage message_;
};

// A house with many visitors, each with her conversation.
class BenchHouse {
 public:
  BenchHouse(const std::filesystem::path& folder, std::size_t visitors)
      : log_(clock_, Level::warning, Log::to_stderr()), texts_(1) {
    auto opened = SqliteStore::open(folder / "kith.db", log_);
    if (!opened) give_up(opened.error().detail);
    store_ = std::move(*opened);
    for (std::size_t done = 0; done < visitors; done += 1000) invite(std::min<std::size_t>(1000, visitors - done));
  }

  SqliteStore& store() { return *store_; }
  Texts& texts() { return texts_; }
  [[nodiscard]] const std::vector<ConversationId>& conversations() const { return conversations_; }

  // Writes `count` messages of any visitors in one durable group. What leaves the function is kept.
  void write_group(std::size_t count) {
    units_.resize(std::max(units_.size(), count));
    std::vector<WriteUnit*> group;
    for (std::size_t i = 0; i < count; ++i) {
      units_[i].say(visitors_[random_.below(visitors_.size())],
                    {.id = make_id<EntryId>(clock_.now(), random_), .text = texts_.next()});
      group.push_back(&units_[i]);
    }
    commit(group, count);
  }
  void fill(std::size_t messages, std::size_t group) {
    for (std::size_t done = 0; done < messages; done += group) write_group(std::min(group, messages - done));
  }
  // In microseconds of this thread's time: what it costs to make up a message, to be taken off a figure.
  double seconds_to_make_up(std::size_t messages) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < messages; ++i)
      bytes += texts_.next().size() + make_id<EntryId>(clock_.now(), random_).bytes[15] / 256;
    if (bytes < messages) give_up("no texts");
    return seconds_since(start);
  }

 private:
  void invite(std::size_t count) {
    const std::size_t before = visitors_.size();
    Unit unit([&](Tx& tx) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto person = tx.new_id<PersonId>();
        const auto conversation = tx.new_id<ConversationId>();
        const bool is_in = tx.people().add({.id = person, .created_at = tx.now()}) &&
                           tx.conversations().add({.id = conversation, .person = person, .created_at = tx.now()});
        if (!is_in) return false;
        visitors_.push_back({.kind = ActorKind::visitor, .person = person});
        conversations_.push_back(conversation);
      }
      return true;
    });
    std::vector<WriteUnit*> group{&unit};
    auto outcome = store_->commit_group(group, clock_.now(), random_);
    if (!outcome.commit || visitors_.size() != before + count) give_up("the visitors do not come in");
  }
  void commit(const std::vector<WriteUnit*>& group, std::size_t count) {
    auto outcome = store_->commit_group(group, clock_.now(), random_);
    if (!outcome.commit) give_up(outcome.commit.error().detail);
    if (outcome.events.size() < count) give_up("a message was refused");
  }

  SystemClock clock_;
  Log log_;
  SeededRandom random_{2};
  Texts texts_;
  std::unique_ptr<SqliteStore> store_;
  std::vector<Actor> visitors_;
  std::vector<ConversationId> conversations_;
  std::vector<MessageUnit> units_;
};

// Sorted in place.
inline double percentile(std::vector<double>& values, double part) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

}  // namespace kith::bench
