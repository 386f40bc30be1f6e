@echo off
rem Starts the seedance command on Windows. The one for other systems is beside it.
setlocal
set "SEEDANCE_JAVA=java"
if not defined JAVA_HOME goto look
set "SEEDANCE_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%SEEDANCE_JAVA%" goto start
echo seedance: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it. Set it to a Java 17 or newer, or unset it. 1>&2
exit /b 1
:look
where /q java
if not errorlevel 1 goto start
echo seedance: no java found. Install a Java 17 or newer, or set JAVA_HOME. 1>&2
exit /b 1
:start
"%SEEDANCE_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -cp "%~dp0..\seedance.jar" io.github.seedance4j.adapter.cli.bootstrap.Main %*
exit /b %ERRORLEVEL%
