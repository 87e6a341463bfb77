// Visitors whose devices remember how far they are, come back from there, and keep book: every message of their
// conversation must reach every device once, in the order of the house.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/visitors.h"

namespace kith::load {

// A message is known by its visitor and its number, from 1 on: "~00120003ab ...".
struct NumberedText {
  std::size_t visitor = 0;
  std::uint32_t number = 0;
};
std::string write_numbered(NumberedText what, std::string_view rest);
std::optional<NumberedText> read_numbered(std::string_view json);

class ExactVisitors : public LiveVisitors {
 public:
  // `devices`: of each visitor; they are neighbours.
  ExactVisitors(std::uint16_t port, const std::vector<std::string>& tokens, std::size_t devices);

  // Messages that should have reached this device, were there `said` of her visitor, and did not.
  [[nodiscard]] std::size_t missing(std::size_t client, std::uint32_t said) const {
    return said - heard_[client].count;
  }
  // Heard a second time, out of order, or somebody else's.
  [[nodiscard]] std::size_t wrong() const { return wrong_; }
  [[nodiscard]] std::size_t visitor_of(std::size_t client) const { return client / devices_; }

 protected:
  [[nodiscard]] std::optional<std::uint64_t> newest_known(std::size_t client) const override {
    return heard_[client].newest;
  }
  void heard(std::size_t client, std::string_view json) override;
  void told(std::size_t client, std::string_view type, std::string_view json) override;
  // A message that had not come before; `json` holds it.
  virtual void arrived(std::size_t, std::string_view /*json*/) {}
  virtual void caught_up(std::size_t) {}

 private:
  struct Heard {
    std::optional<std::uint64_t> newest;  // seq of whatever came
    std::uint64_t newest_message = 0;     // seq
    std::uint32_t count = 0;
    std::vector<bool> numbers;
  };
  std::size_t devices_;
  std::vector<Heard> heard_;
  std::size_t wrong_ = 0;
};

}  // namespace kith::load
