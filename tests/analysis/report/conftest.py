"""The demo's released documents of 2026, with the wave before: what every report is made of."""

import pytest

from analysis.report.documents import WaveDocuments
from survey_app.services.reporting_documents import documents_of
from tests.demo_instance import DemoInstance, demo_instance

__all__ = ["demo_instance"]


@pytest.fixture(scope="session")
def documents(demo_instance: DemoInstance) -> WaveDocuments:
    with demo_instance.open() as stores:
        return documents_of(stores, "2026")
