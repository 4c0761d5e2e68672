"""Are groups, waves or tables different beyond chance, when many are compared at once?"""
