# Installs dist/*.msi without any property, looks at all that Windows knows about it, drives the service and uninstalls it.
. "$PSScriptRoot/common.ps1"

Invoke-Msiexec '/i' $baseMsi | Out-Null
Wait-ForService 'Running'

# Registration, as the SCM itself has it.
$facts = Get-ServiceFacts
$executable = Join-Path $installFolder "$($product.executable).exe"
Assert-Equal $facts.PathName "`"$executable`" service" 'the image path'
Assert-Equal $facts.StartName $product.service.account 'the account'
Assert-Equal $facts.StartMode 'Auto' 'the start type'
Assert-Equal $facts.DelayedAutoStart $false 'the delay of the start'
Assert-That ((Read-Sc 'qsidtype') -match 'UNRESTRICTED') 'the service has a SID of its own'
Assert-That ((Read-Sc 'qprivs') -match 'SeChangeNotifyPrivilege') 'the process keeps the privilege it needs'
Assert-That ((Get-ItemProperty $serviceKey).PreshutdownTimeout -gt 0) 'Windows waits for the service when it shuts down'

# Recovery, as the SCM itself has it.
$failure = Read-Sc 'qfailure'
$delays = [regex]::Matches($failure, 'RESTART -- Delay = (\d+) milliseconds') | ForEach-Object { [int] $_.Groups[1].Value / 1000 }
$recovery = $product.service.recovery
$wanted = @($recovery.actions | Where-Object action -EQ 'restart' | ForEach-Object { $_.delaySeconds })
Assert-Equal ($delays -join ' ') ($wanted -join ' ') 'the list of delays before a restart, in seconds'
Assert-That ($failure -match "RESET_PERIOD[^:]*:\s*$($recovery.resetPeriodSeconds)\b") 'the reset period is that of the product file'
Assert-That ((Read-Sc 'qfailureflag') -match 'FAILURE_ACTIONS_ON_NONCRASH_FAILURES\s*:\s*TRUE') 'ending with an error counts as a failure'

# Nobody but SYSTEM and Administrators may change, stop or take over the service.
$entries = [regex]::Matches((Read-Sc 'sdshow'), '\(A;;([A-Z]+);;;([^)]+)\)')
foreach ($entry in $entries | Where-Object { $_.Groups[2].Value -notin @('SY', 'BA') }) {
    $rights = [regex]::Matches($entry.Groups[1].Value, '..') | ForEach-Object Value
    $strong = @($rights | Where-Object { $_ -in @('DC', 'WP', 'DT', 'SD', 'WD', 'WO') })
    Assert-That ($strong.Count -eq 0) "$($entry.Groups[2].Value) may not change or stop the service"
}

# The data folder: nothing inherited, and only those who need it.
icacls.exe $dataFolder | Out-Host
$access = Get-Acl $dataFolder
Assert-That $access.AreAccessRulesProtected 'the data folder inherits nothing'
Assert-Equal $access.GetOwner([System.Security.Principal.SecurityIdentifier]).Value 'S-1-5-18' 'the owner of the data folder'
$serviceSid = [regex]::Match((Read-Sc 'showsid'), 'S-1-5-80-[\d-]+').Value
$system, $administrators, $localService = 'S-1-5-18', 'S-1-5-32-544', 'S-1-5-19'
$allowed = $access.GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier]).IdentityReference.Value | Sort-Object -Unique
$expected = @($system, $administrators, $localService, $serviceSid) | Sort-Object
Assert-Equal ($allowed -join ' ') ($expected -join ' ') 'the list of those with access to the data folder'
Assert-That (Test-Path (Join-Path $dataFolder 'logs')) 'the service writes into its data folder'

Suspend-Service $serviceName
Wait-ForService 'Paused'
Resume-Service $serviceName
Wait-ForService 'Running'
sc.exe interrogate $serviceName | Out-Host
Assert-That ($LASTEXITCODE -eq 0) 'the service answers INTERROGATE'
sc.exe control $serviceName paramchange | Out-Host
Assert-That ($LASTEXITCODE -eq 0) 'the service answers PARAMCHANGE'
Stop-Service $serviceName
Wait-ForService 'Stopped'
Start-Service $serviceName
Wait-ForService 'Running'

# The text of an event comes from the message DLL by way of the registered source. Read in a process of its own: whoever
# reads events keeps the DLL open for as long as it lives.
$instance = [System.Diagnostics.EventInstance]::new(0x60000065, 0, 'Information')
[System.Diagnostics.EventLog]::WriteEvent($serviceName, $instance, @('verification'))
Start-Sleep -Seconds 2
$filter = "@{ LogName = 'Application'; ProviderName = '$serviceName'; Id = 101 }"
$text = powershell.exe -NoProfile -Command "(Get-WinEvent -FilterHashtable $filter -MaxEvents 1).Message"
Assert-That ("$text".Trim() -eq 'The service has stopped. Reason: verification.') "Event Viewer shows the text of event 101 (found $text)"

# The running service is uninstalled: nothing of it may be in use when its files go.
Invoke-Msiexec '/x' $baseMsi | Out-Null
Assert-Gone
Assert-That (Test-Path (Join-Path $dataFolder 'logs')) 'the data folder is kept'

# With REMOVEDATA=1 it goes too.
Invoke-Msiexec '/i' $baseMsi | Out-Null
Wait-ForService 'Running'
Invoke-Msiexec '/x' $baseMsi 'REMOVEDATA=1' | Out-Null
Assert-Gone
Assert-That (-not (Test-Path $dataFolder)) 'the data folder is gone'
