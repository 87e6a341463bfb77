// The templates of store_thread.h: how a use case, its command and whoever waits for it become one object that crosses
// to the store thread and back.
#pragma once

#include <exception>
#include <future>
#include <optional>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "runtime/store_thread.h"

namespace kith::runtime {

// Wakes a blocked thread. Needs no executor to run on.
template <class Outcome>
struct StoreThread::Blocked {
  static constexpr bool kRunsAnywhere = true;
  std::promise<Outcome> promise;
  void operator()(Outcome outcome) { promise.set_value(std::move(outcome)); }
};

template <class Handler>
boost::asio::any_io_executor executor_of(const Handler& handler) {
  if constexpr (requires { Handler::kRunsAnywhere; }) {
    return {};
  } else {
    return boost::asio::get_associated_executor(handler);
  }
}

template <class Outcome, class Call, class Handler>
class StoreThread::WriteOf final : public PendingWrite {
 public:
  WriteOf(Call call, Handler handler) : call_(std::move(call)), handler_(std::move(handler)) {}

  bool run(Tx& tx) override {
    threw.clear();
    try {
      outcome_.emplace(call_(tx));
    } catch (const std::exception& failure) {
      threw = failure.what();
      outcome_.emplace(fail(Errc::unavailable, "the use case threw"));
    }
    return outcome_->has_value();
  }
  void refuse(Error error) override { outcome_.emplace(std::unexpected(std::move(error))); }
  [[nodiscard]] boost::asio::any_io_executor where() const override { return executor_of(handler_); }
  void answer() override {
    Handler handler = std::move(handler_);
    // A store that forgot a unit must not look like success.
    Outcome outcome = outcome_ ? std::move(*outcome_) : Outcome(fail(Errc::unavailable, "the write was never run"));
    std::move(handler)(std::move(outcome));
  }

 private:
  Call call_;
  Handler handler_;
  std::optional<Outcome> outcome_;
};

template <class Outcome, class Look, class Handler>
class StoreThread::ReadOf final : public PendingRead {
 public:
  ReadOf(Look look, Handler handler) : look_(std::move(look)), handler_(std::move(handler)) {}

  void look(const Snapshot& snapshot) override { outcome_.emplace(look_(snapshot)); }
  void refuse(Error error) override { outcome_.emplace(std::unexpected(std::move(error))); }
  [[nodiscard]] boost::asio::any_io_executor where() const override { return executor_of(handler_); }
  void answer() override {
    Handler handler = std::move(handler_);
    Outcome outcome = outcome_ ? std::move(*outcome_) : Outcome(fail(Errc::unavailable, "nobody looked"));
    std::move(handler)(std::move(outcome));
  }

 private:
  Look look_;
  Handler handler_;
  std::optional<Outcome> outcome_;
};

template <class Outcome, class Call>
boost::asio::awaitable<Outcome> StoreThread::write_later(Call call) {
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Outcome)>(
      [this](auto handler, Call wanted) {
        using Write = WriteOf<Outcome, Call, decltype(handler)>;
        take(std::unique_ptr<PendingWrite>(std::make_unique<Write>(std::move(wanted), std::move(handler))));
      },
      boost::asio::use_awaitable, std::move(call));
}

template <class Outcome, class Call>
Outcome StoreThread::write_blocking(Call call) {
  Blocked<Outcome> blocked;
  std::future<Outcome> answer = blocked.promise.get_future();
  using Write = WriteOf<Outcome, Call, Blocked<Outcome>>;
  take(std::unique_ptr<PendingWrite>(std::make_unique<Write>(std::move(call), std::move(blocked))));
  return answer.get();
}

// What the use case needs travels beside it, so that the caller's frame is not needed.
template <class UseCase, class... Inputs>
auto with_inputs(UseCase use_case, Inputs... inputs) {
  return [use_case = std::move(use_case), ... inputs = std::move(inputs)](Tx& tx) mutable {
    return use_case(tx, std::as_const(inputs)...);
  };
}

template <class Command, class UseCase>
boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&, const Command&>> StoreThread::write(Command command,
                                                                                               UseCase use_case) {
  using Outcome = std::invoke_result_t<UseCase&, Tx&, const Command&>;
  return write_later<Outcome>(with_inputs(std::move(use_case), std::move(command)));
}

template <class Asker, class Command, class UseCase>
boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&>> StoreThread::write(
    Asker asker, Command command, UseCase use_case) {
  using Outcome = std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&>;
  return write_later<Outcome>(with_inputs(std::move(use_case), std::move(asker), std::move(command)));
}

template <class UseCase>
boost::asio::awaitable<std::invoke_result_t<UseCase&, Tx&>> StoreThread::write(UseCase use_case) {
  return write_later<std::invoke_result_t<UseCase&, Tx&>>(std::move(use_case));
}

template <class Look>
boost::asio::awaitable<std::invoke_result_t<Look&, const Snapshot&>> StoreThread::read(Look look) {
  using Outcome = std::invoke_result_t<Look&, const Snapshot&>;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Outcome)>(
      [this](auto handler, Look wanted) {
        using Read = ReadOf<Outcome, Look, decltype(handler)>;
        take(std::unique_ptr<PendingRead>(std::make_unique<Read>(std::move(wanted), std::move(handler))));
      },
      boost::asio::use_awaitable, std::move(look));
}

template <class Command, class UseCase>
std::invoke_result_t<UseCase&, Tx&, const Command&> StoreThread::write_now(Command command, UseCase use_case) {
  using Outcome = std::invoke_result_t<UseCase&, Tx&, const Command&>;
  return write_blocking<Outcome>(with_inputs(std::move(use_case), std::move(command)));
}

template <class Asker, class Command, class UseCase>
std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&> StoreThread::write_now(Asker asker, Command command,
                                                                                         UseCase use_case) {
  using Outcome = std::invoke_result_t<UseCase&, Tx&, const Asker&, const Command&>;
  return write_blocking<Outcome>(with_inputs(std::move(use_case), std::move(asker), std::move(command)));
}

template <class UseCase>
std::invoke_result_t<UseCase&, Tx&> StoreThread::write_now(UseCase use_case) {
  return write_blocking<std::invoke_result_t<UseCase&, Tx&>>(std::move(use_case));
}

template <class Look>
std::invoke_result_t<Look&, const Snapshot&> StoreThread::read_now(Look look) {
  using Outcome = std::invoke_result_t<Look&, const Snapshot&>;
  Blocked<Outcome> blocked;
  std::future<Outcome> answer = blocked.promise.get_future();
  using Read = ReadOf<Outcome, Look, Blocked<Outcome>>;
  take(std::unique_ptr<PendingRead>(std::make_unique<Read>(std::move(look), std::move(blocked))));
  return answer.get();
}

}  // namespace kith::runtime
