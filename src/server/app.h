// The whole house, put together: who is made first, who knows whom, and in which order it closes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "server/config.h"

namespace kith {

class App {
 public:
  struct Parts;

  // Opens everything and begins to serve; when it returns, clients are answered. `endpoint` as check_for_serving() gave
  // it. Errors are sentences for the operator.
  static Result<std::unique_ptr<App>> open(const Config& config, const Endpoint& endpoint, bool with_sample, Log& log);
  ~App();  // closes, see close()
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }  // to open in a browser
  // The doors to try, one line each: what it is for, and where it is.
  struct DoorLine {
    std::string what;
    std::string where;
  };
  [[nodiscard]] const std::vector<DoorLine>& doors() const { return doors_; }

  // Stops accepting, tells live clients, finishes requests, makes what was written durable and closes. Under 3 seconds.
  void close();

 private:
  explicit App(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
  std::string address_;
  std::vector<DoorLine> doors_;
};

}  // namespace kith
