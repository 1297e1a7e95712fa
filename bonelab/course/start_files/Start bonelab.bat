@echo off
rem Starts the course on Windows: finds a Python that is new enough, or says what to install.
cd /d "%~dp0"
for %%P in ("py -3" "python" "python3") do (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
        %%~P -m bonelab %*
        if errorlevel 1 pause
        exit /b
    )
)
echo This course needs Python 3.11 or newer, and none was found on this computer.
echo Get it from python.org or from the Microsoft Store, then start this file again.
pause
exit /b 1
