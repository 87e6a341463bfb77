// How a coroutine is started: with a name, so that an exception that nobody expected leaves a line in the log.
#pragma once

#include <exception>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>

#include "base/log.h"

namespace kith::runtime {

// Writes "coroutine_failed" with the name and what() of the exception.
void log_failed_coroutine(Log& log, const char* name, const std::exception_ptr& failure);

// `name` must be a string literal; `log` must outlive the coroutine.
template <class Executor>
void spawn(Executor&& executor, Log& log, const char* name, boost::asio::awaitable<void> work) {
  boost::asio::co_spawn(std::forward<Executor>(executor), std::move(work), [&log, name](std::exception_ptr failure) {
    if (failure) log_failed_coroutine(log, name, failure);
  });
}

}  // namespace kith::runtime
