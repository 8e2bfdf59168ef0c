"""Opens GenApp: `python app.py [--models FOLDER_OR_HUB_ID ...]`. A Hugging Face Space runs this file too."""

from genapp.ui.server.app import main

if __name__ == "__main__":
    main()
