import pytest

from initiative.base.strata import VIEW_BOX, place_points, project

# As they stood on the drawing that the map was taken from.
CITIES = [
    ("Le Bourget", 48.94, 2.44, 480, 68),
    ("Marrakech", 31.63, -8.0, 451, 123),
    ("Bonn", 50.73, 7.1, 491, 63),
    ("Katowice", 50.26, 19.02, 518, 64),
    ("Johannesburg", -26.2, 28.05, 545, 334),
    ("Sharm el-Sheikh", 27.91, 34.33, 561, 136),
    ("Dubai", 25.2, 55.27, 617, 146),
]


@pytest.mark.parametrize(("name", "latitude", "longitude", "x", "y"), CITIES)
def test_cities_lie_where_they_were_drawn(name, latitude, longitude, x, y):
    assert project(latitude, longitude) == (pytest.approx(x, abs=0.6), pytest.approx(y, abs=0.6))


@pytest.mark.parametrize(
    "place", [(78.2, 15.6), (-54.8, -68.3), (21.3, -157.9), (-13.8, -171.8), (-41.3, 174.8), (64.7, 177.5)]
)
def test_the_ends_of_the_world_are_on_the_map(place):
    left, top, width, height = map(int, VIEW_BOX.split())
    x, y = project(*place)
    assert left < x < left + width
    assert top < y < top + height


@pytest.mark.parametrize("place", [(91, 0), (-90.1, 0), (0, 181), (0, -180.5)])
def test_there_are_no_other_places(place):
    with pytest.raises(ValueError, match="No such place"):
        project(*place)


def test_points_are_numbered_in_order_and_never_cover_one_another():
    points = place_points([(48.85, 2.35), (48.86, 2.34), (48.84, 2.36), (50.73, 7.1)])
    assert [point["n"] for point in points] == [1, 2, 3, 4]
    spots = [(point["x"], point["y"]) for point in points]
    for index, (x, y) in enumerate(spots):
        assert all(((x - a) ** 2 + (y - b) ** 2) ** 0.5 >= 6 for a, b in spots[:index])


def test_no_places_no_points():
    assert place_points([]) == []
