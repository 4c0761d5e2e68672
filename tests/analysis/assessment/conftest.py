from tests.demo_instance import demo_instance

__all__ = ["demo_instance"]
