// First run: somebody real takes the house. Whoever starts the program hands her the key; here is what follows from it.
#pragma once

#include <string>

#include "base/result.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

// As long as nobody real looks after the house. People of the sample do not count.
Result<bool> needs_set_up(const PeopleReader& people, Time now);

struct TakeHouse {
  std::string organisation;
  std::string time_zone;  // empty keeps the one there is
  PersonId person;        // client-made
  std::string called;
  std::string email;
  std::string password_hash;
};
// Names the organisation, makes its first colleague leader and admin, and opens a door on the web when there is none
// that is real. conflict when somebody real looks after the house already. The adapter has checked the key.
Result<Person> take_house(Tx& tx, const TakeHouse& command);

}  // namespace kith
