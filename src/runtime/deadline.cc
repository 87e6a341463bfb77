#include "runtime/deadline.h"

#include <utility>

namespace kith::runtime {

void DeadlineSweep::start(boost::asio::io_context& context, std::chrono::milliseconds every) {
  every_ = every;
  timer_.emplace(context);
  wait_for_next();
}

void DeadlineSweep::stop() {
  timer_.reset();
}

void DeadlineSweep::wait_for_next() {
  timer_->expires_after(every_);
  timer_->async_wait([this](const boost::system::error_code& error) {
    if (error || !timer_) return;
    sweep(std::chrono::steady_clock::now());
    if (timer_) wait_for_next();
  });
}

void DeadlineSweep::sweep(std::chrono::steady_clock::time_point now) {
  next_to_look_at_ = first_;
  while (Deadline* deadline = next_to_look_at_) {
    next_to_look_at_ = deadline->after_;
    if (!deadline->is_set_ || deadline->at_ > now) continue;
    deadline->is_set_ = false;
    // A copy, because the call may destroy the deadline.
    auto passed = deadline->passed_;
    passed();
  }
}

Deadline::Deadline(DeadlineSweep& sweep, std::function<void()> passed)
    : sweep_(sweep), passed_(std::move(passed)), after_(sweep.first_) {
  if (after_ != nullptr) after_->before_ = this;
  sweep_.first_ = this;
}

Deadline::~Deadline() {
  if (sweep_.next_to_look_at_ == this) sweep_.next_to_look_at_ = after_;
  if (before_ != nullptr) before_->after_ = after_;
  if (after_ != nullptr) after_->before_ = before_;
  if (sweep_.first_ == this) sweep_.first_ = after_;
}

void Deadline::set(std::chrono::milliseconds from_now) {
  at_ = std::chrono::steady_clock::now() + from_now;
  is_set_ = true;
}

}  // namespace kith::runtime
