import json
import unittest

import admin
import book
import read


def call(handler, route, parameters=None, method="GET", body=None):
    event = {
        "resource": route,
        "httpMethod": method,
        "pathParameters": parameters,
        "body": None if body is None else json.dumps(body),
    }
    response = handler(event, None)
    return response["statusCode"], json.loads(response.get("body", "null"))


class Read(unittest.TestCase):
    def test_every_route(self):
        self.assertEqual(call(read.handler, "/events")[1][0], {"id": "jazz-night", "title": "Jazz night"})
        self.assertEqual(call(read.handler, "/events/{id}", {"id": "pycon"})[1]["venue"], "hall-1")
        self.assertEqual(call(read.handler, "/events/{id}/sessions", {"id": "pycon"})[1], ["keynote", "typing"])
        session = {"id": "pycon", "session": "keynote"}
        self.assertEqual(call(read.handler, "/events/{id}/sessions/{session}", session)[1]["seats"], 500)
        self.assertEqual(call(read.handler, "/venues/{venue}", {"venue": "cellar"})[1]["city"], "Bremen")

    def test_what_is_not_there(self):
        self.assertEqual(call(read.handler, "/events/{id}", {"id": "a%20b"}), (404, {"message": "no event a b"}))


class Book(unittest.TestCase):
    route = "/events/{id}/bookings"

    def test_the_life_of_a_booking(self):
        status, made = call(book.handler, self.route, {"id": "pycon"}, "POST", {"session": "keynote", "seats": 2})
        self.assertEqual((status, made["total"]), (201, "180 EUR"))
        one = {"id": "pycon", "booking": made["id"]}
        self.assertEqual(call(book.handler, self.route + "/{booking}", one), (200, made))
        status, changed = call(book.handler, self.route + "/{booking}", one, "PUT", {"seats": 3})
        self.assertEqual((status, changed["seats"], changed["session"]), (200, 3, "keynote"))
        self.assertEqual(call(book.handler, self.route + "/{booking}", one, "DELETE"), (204, None))

    def test_refusals(self):
        for wish, reason in [
            ({"session": "keynote", "seats": 0}, "seats must be a number from 1 to 10"),
            ({"session": "keynote", "seats": True}, "seats must be a number from 1 to 10"),
            ({"seats": 1}, "session is missing"),
            ({"session": "typing", "seats": 1}, "only 0 seats are left"),
            ([], "the body is not a JSON object"),
        ]:
            self.assertEqual(call(book.handler, self.route, {"id": "pycon"}, "POST", wish), (400, {"message": reason}))

    def test_unknown_bookings(self):
        for booking in ["x", "bnVsbA", "e30", "ÿ"]:
            self.assertEqual(call(book.handler, self.route, {"id": "pycon", "booking": booking})[0], 404)


class Admin(unittest.TestCase):
    def test_reports(self):
        self.assertEqual(call(admin.handler, "/admin/occupancy")[1], {"jazz-night": 20, "pycon": 88})
        self.assertEqual(call(admin.handler, "/admin/events/{id}/occupancy", {"id": "pycon"})[1]["occupancy"], 88)
        self.assertEqual(call(admin.handler, "/admin/{proxy+}", {"proxy": "a/b"})[0], 404)


if __name__ == "__main__":
    unittest.main()
