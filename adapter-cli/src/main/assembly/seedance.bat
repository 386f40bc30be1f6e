@echo off
rem Starts the seedance command on Windows. The one for other systems is beside it.
rem A prompt may hold exclamation marks, so they are nothing special here.
setlocal EnableExtensions DisableDelayedExpansion
set "SEEDANCE_JAVA=java"
if not defined JAVA_HOME goto look
rem some have set it with quotes around it
set "SEEDANCE_JAVA=%JAVA_HOME:"=%\bin\java.exe"
if exist "%SEEDANCE_JAVA%" goto start
echo seedance: there is no "%SEEDANCE_JAVA%". Set JAVA_HOME to a Java 17 or newer, or unset it. 1>&2
exit /b 1
:look
where /q java
if not errorlevel 1 goto start
echo seedance: no java found. Install a Java 17 or newer, or set JAVA_HOME. 1>&2
exit /b 1
:start
if /i "%~1"=="serve" goto serve
rem -jar, as its manifest allows the journal's native code, which newer Java warns of
"%SEEDANCE_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -jar "%~dp0..\seedance.jar" %*
exit /b %ERRORLEVEL%
:serve
rem a server, with libraries that no other command looks at
"%SEEDANCE_JAVA%" --enable-native-access=ALL-UNNAMED -XX:-UsePerfData -cp "%~dp0..\seedance.jar;%~dp0..\lib\serve\*" io.github.seedance4j.adapter.cli.bootstrap.Main %*
exit /b %ERRORLEVEL%
