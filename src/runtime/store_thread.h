// The one thread that writes, and the threads that read. Coroutines hand a use case over and go on when it is durable.
// Everything that waits when the thread is free becomes one group with one commit, so durability does not cost
// throughput.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "domain/ports/store.h"
#include "runtime/answer.h"

namespace kith::runtime {

struct StoreThreadOptions {
  std::size_t readers = 2;
  std::size_t max_waiting = 65'536;        // writes, and as many reads
  std::size_t max_units_in_group = 2'000;  // bounds how long the first of a group waits for the last
};

// What a group of writes looked like, for metrics. Called on the store thread.
struct GroupStory {
  std::size_t units = 0;
  std::chrono::microseconds took{0};
  bool kept = false;
};

class StoreThread {
 public:
  using Options = StoreThreadOptions;

  StoreThread(Store& store, const Clock& clock, Random& random, Log& log, Options options = {});
  ~StoreThread();
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  // Both before start(). The listener gets the events of each group in seq order, after they are durable and before
  // anybody who wrote is answered; it runs on the store thread, so it must only pass them on.
  void on_events(std::function<void(std::vector<Event>&&)> listener) { on_events_ = std::move(listener); }
  void on_group(std::function<void(const GroupStory&)> listener) { on_group_ = std::move(listener); }
  Result<void> start();

  // Runs use_case(tx, command) and answers with its Result when it is durable. `too_many` at once when the line is
  // full, `unavailable` when the use case throws or after stop(). The command is kept here until then; a store may run
  // the use case twice, so it must not change it.
  template <class Command, class UseCase>
  boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&, const Command&>> write(Command command, UseCase use_case);
  // The same for use_case(tx, actor, command).
  template <class Asker, class Command, class UseCase>
  boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&>> write(Asker asker,
                                                                                                  Command command,
                                                                                                  UseCase use_case);
  // The same for a callable as Result<T>(Tx&).
  template <class UseCase>
  boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&>> write(UseCase use_case);

  // Runs look(snapshot), a Result<T>, on a reader thread.
  template <class Look>
  boost::asio::awaitable<std::invoke_result_t<Look&, const Snapshot&>> read(Look look);

  // The same for start-up and commands: they block the calling thread. Never on an I/O thread, never on the store
  // thread.
  template <class Command, class UseCase>
  std::invoke_result_t<UseCase&, Tx&, const Command&> write_now(Command command, UseCase use_case);
  template <class Asker, class Command, class UseCase>
  std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&> write_now(Asker asker, Command command,
                                                                              UseCase use_case);
  template <class UseCase>
  std::invoke_result_t<UseCase&, Tx&> write_now(UseCase use_case);
  template <class Look>
  std::invoke_result_t<Look&, const Snapshot&> read_now(Look look);

  [[nodiscard]] std::size_t writes_waiting() const;

  // Finishes and answers everything that waits, refuses what comes later, ends the threads. Before IoThreads::stop().
  void stop();

 private:
  class PendingWrite : public Waiting, public WriteUnit {
   public:
    // Replaces what it found out, for the group was not kept or never ran.
    virtual void refuse(Error error) = 0;
    std::string threw;  // what() of the use case's exception, for the log
  };
  class PendingRead : public Waiting {
   public:
    virtual void look(const Snapshot& snapshot) = 0;
    virtual void refuse(Error error) = 0;
  };
  template <class Outcome, class Call, class Handler>
  class WriteOf;
  template <class Outcome, class Look, class Handler>
  class ReadOf;
  template <class Outcome>
  struct Blocked;

  template <class Outcome, class Call>
  boost::asio::awaitable<Outcome> write_later(Call call);
  template <class Outcome, class Call>
  Outcome write_blocking(Call call);

  void take(std::unique_ptr<PendingWrite> write);
  void take(std::unique_ptr<PendingRead> read);
  void write_loop();
  void read_loop(Reader& reader);
  std::vector<std::unique_ptr<PendingWrite>> next_group();
  void commit(std::vector<std::unique_ptr<PendingWrite>> group);
  void read_one(Reader& reader, std::unique_ptr<PendingRead> read);

  Store& store_;
  const Clock& clock_;
  Random& random_;
  Log& log_;
  Options options_;
  std::function<void(std::vector<Event>&&)> on_events_;
  std::function<void(const GroupStory&)> on_group_;

  mutable std::mutex write_mutex_;  // guards writes_ and the flags, between I/O threads and the store thread
  std::condition_variable has_writes_;
  std::deque<std::unique_ptr<PendingWrite>> writes_;
  bool writer_sleeps_ = false;
  bool stopping_ = false;

  std::mutex read_mutex_;  // guards reads_ and its flag, between I/O threads and readers
  std::condition_variable has_reads_;
  std::deque<std::unique_ptr<PendingRead>> reads_;
  bool readers_stopping_ = false;

  std::thread writer_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::vector<std::thread> reader_threads_;
};

}  // namespace kith::runtime

#include "runtime/store_thread_inline.h"
