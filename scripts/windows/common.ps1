# What the checks share; each dot-sources it. They need an elevated session and change the machine: meant for continuous
# integration. Whatever fails throws.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$product = Get-Content 'installer/product.json' -Raw | ConvertFrom-Json
$serviceName = $product.service.name
$installFolder = Join-Path $env:ProgramFiles $product.name
$dataFolder = Join-Path $env:ProgramData $product.name
$productKey = "HKLM:\SOFTWARE\$($product.manufacturer)\$($product.name)"
$serviceKey = "HKLM:\SYSTEM\CurrentControlSet\Services\$serviceName"
$sourceKey = "HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\$serviceName"
$baseMsi = (Get-ChildItem 'dist/*.msi' | Select-Object -First 1).FullName

function Assert-That([bool] $condition, [string] $claim) {
    if (-not $condition) { throw "Not so: $claim" }
    Write-Host "ok: $claim"
}

function Assert-Equal($found, $wanted, [string] $what) {
    Assert-That ("$found" -eq "$wanted") "$what is $wanted (found $found)"
}

# $properties is text for the command line, such as 'PROFILE=test DATADIR="D:\Vigil Data"'.
function Invoke-Msiexec([string] $verb, [string] $msi, [string] $properties = '', [int] $exitCode = 0) {
    $log = Join-Path $env:TEMP "msiexec-$([Guid]::NewGuid()).log"
    $process = Start-Process msiexec.exe -ArgumentList "$verb `"$msi`" /qn /norestart $properties /l*v `"$log`"" -Wait -PassThru
    if ($process.ExitCode -ne $exitCode) { Get-Content $log -Tail 300 | Write-Host }
    $shown = $properties -replace 'SERVICEPASSWORD="[^"]*"', 'SERVICEPASSWORD=...'
    Assert-Equal $process.ExitCode $exitCode "the exit code of msiexec $verb $(Split-Path $msi -Leaf) $shown"
    return $log
}

function Wait-ForService([string] $state) {
    (Get-Service $serviceName).WaitForStatus($state, [TimeSpan]::FromSeconds(60))
    Assert-Equal (Get-Service $serviceName).Status $state 'the state of the service'
}

function Get-ServiceFacts {
    return Get-CimInstance Win32_Service -Filter "Name='$serviceName'"
}

# What sc.exe says, also shown in the log.
function Read-Sc([string] $verb) {
    $text = (sc.exe $verb $serviceName) -join "`n"
    Write-Host $text
    if ($LASTEXITCODE -ne 0) { throw "sc $verb ended with $LASTEXITCODE" }
    return $text
}

function Get-InstalledVersions {
    $keys = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*'
    $listed = $keys | Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq $product.name }
    return @($listed | ForEach-Object { $_.DisplayVersion }) -join ', '
}

function Assert-Gone {
    Assert-That ($null -eq (Get-Service $serviceName -ErrorAction SilentlyContinue)) 'the service is gone'
    foreach ($path in @($serviceKey, $productKey, $sourceKey, $installFolder)) {
        Assert-That (-not (Test-Path $path)) "$path is gone"
    }
}
