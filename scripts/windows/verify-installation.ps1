# Installs dist/*.msi on this Windows machine, drives the service, uninstalls it and looks for leftovers. Needs an
# elevated session, and changes the machine: meant for continuous integration.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$product = Get-Content 'installer/product.json' -Raw | ConvertFrom-Json
$serviceName = $product.service.name
$installFolder = Join-Path $env:ProgramFiles $product.name
$productKey = "HKLM:\SOFTWARE\$($product.manufacturer)\$($product.name)"
$msi = (Get-ChildItem 'dist/*.msi' | Select-Object -First 1).FullName

function Assert-That([bool] $condition, [string] $claim) {
    if (-not $condition) { throw "Not so: $claim" }
    Write-Host "ok: $claim"
}

function Invoke-Msiexec([string] $verb) {
    $log = Join-Path $env:TEMP "msiexec$($verb.Replace('/', '-')).log"
    $arguments = "$verb `"$msi`" /qn /l*v `"$log`""
    $process = Start-Process msiexec.exe -ArgumentList $arguments -Wait -PassThru
    if ($process.ExitCode -ne 0) { Get-Content $log -Tail 200 | Write-Host }
    Assert-That ($process.ExitCode -eq 0) "msiexec $verb ends with 0 (found $($process.ExitCode))"
}

function Wait-ForService([string] $state) {
    (Get-Service $serviceName).WaitForStatus($state, [TimeSpan]::FromSeconds(30))
    Assert-That ((Get-Service $serviceName).Status -eq $state) "the service is $state"
}

Invoke-Msiexec '/i'
Wait-ForService 'Running'

$service = Get-CimInstance Win32_Service -Filter "Name='$serviceName'"
$executable = Join-Path $installFolder "$($product.executable).exe"
Assert-That ($service.PathName -eq "`"$executable`" service") "the image path is quoted (found $($service.PathName))"
Assert-That ($service.StartName -eq $product.service.account) "the account is $($product.service.account) (found $($service.StartName))"
Assert-That ($service.StartMode -eq 'Auto') "the start type is automatic (found $($service.StartMode))"

$failure = (sc.exe qfailure $serviceName) -join "`n"
Write-Host $failure
Assert-That ($failure -match 'RESTART') 'the SCM restarts the service after a failure'

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
Invoke-Msiexec '/x'
Assert-That ($null -eq (Get-Service $serviceName -ErrorAction SilentlyContinue)) 'the service is gone'
Assert-That (-not (Test-Path "HKLM:\SYSTEM\CurrentControlSet\Services\$serviceName")) 'its registry key is gone'
Assert-That (-not (Test-Path $productKey)) 'the product key is gone'
Assert-That (-not (Test-Path "HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\$serviceName")) 'the event source is gone'
Assert-That (-not (Test-Path $installFolder)) 'the installation folder is gone'
