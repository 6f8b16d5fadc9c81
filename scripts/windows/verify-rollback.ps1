# Packages whose service cannot start: a first installation leaves nothing, an upgrade brings the old version back. And the
# recovery that the MSI wrote is what the SCM does, without a restart of Windows. $variants is the output of
# build-variants.ts.
param([Parameter(Mandatory)] [string] $variants)
. "$PSScriptRoot/common.ps1"

$packages = Get-Content $variants -Raw | ConvertFrom-Json

Invoke-Msiexec '/i' $packages.broken '' 1603 | Out-Null
Assert-Gone

Invoke-Msiexec '/i' $baseMsi "SERVICEACCOUNT=`"NT AUTHORITY\NetworkService`"" | Out-Null
Wait-ForService 'Running'
$version = Get-InstalledVersions
$recovery = Read-Sc 'qfailure'
Invoke-Msiexec '/i' $packages.nextBroken '' 1603 | Out-Null
Wait-ForService 'Running'
Assert-Equal (Get-InstalledVersions) $version 'the version after the failed upgrade'
Assert-Equal (Get-ServiceFacts).StartName 'NT AUTHORITY\NetworkService' 'the account after the failed upgrade'
Assert-Equal (Read-Sc 'qfailure') $recovery 'recovery after the failed upgrade'
Invoke-Msiexec '/x' $baseMsi 'REMOVEDATA=1' | Out-Null
Assert-Gone

Invoke-Msiexec '/i' $packages.quickRecovery | Out-Null
Wait-ForService 'Running'
$killed = (Get-ServiceFacts).ProcessId
Stop-Process -Id $killed -Force
$deadline = (Get-Date).AddSeconds(30)
while ((Get-Date) -lt $deadline -and (Get-ServiceFacts).ProcessId -in @(0, $killed)) { Start-Sleep -Milliseconds 500 }
Wait-ForService 'Running'
Assert-That ((Get-ServiceFacts).ProcessId -ne $killed) 'the SCM has started the killed service again'
Invoke-Msiexec '/x' $packages.quickRecovery 'REMOVEDATA=1' | Out-Null
Assert-Gone
