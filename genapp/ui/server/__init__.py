"""The server side of the page: its start, the endpoints' gate, jobs, routes and the models on offer."""
