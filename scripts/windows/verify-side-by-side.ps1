# The example product beside the one in dist: each is installed and uninstalled without the other noticing.
# $ordersMsi is the MSI of examples/orders-service.
param([Parameter(Mandatory)] [string] $ordersMsi)
. "$PSScriptRoot/common.ps1"

$orders = Get-Content 'examples/orders-service/product.json' -Raw | ConvertFrom-Json

function Assert-OrdersRun([string] $when) {
    (Get-Service $orders.service.name).WaitForStatus('Running', [TimeSpan]::FromSeconds(60))
    Assert-Equal (Get-Service $orders.service.name).Status 'Running' "the state of the example service $when"
}

Invoke-Msiexec '/i' $baseMsi | Out-Null
Invoke-Msiexec '/i' $ordersMsi | Out-Null
Wait-ForService 'Running'
Assert-OrdersRun 'beside the other'
$facts = Get-CimInstance Win32_Service -Filter "Name='$($orders.service.name)'"
Assert-Equal $facts.StartName $orders.service.account 'the account of the example service'
$log = Join-Path $env:ProgramData "$($orders.name)\logs\heartbeat.log"
Assert-That (Test-Path $log) 'the virtual account writes into its data folder'
Invoke-Msiexec '/x' $baseMsi 'REMOVEDATA=1' | Out-Null
Assert-Gone
Assert-OrdersRun 'after the other is gone'
Invoke-Msiexec '/x' $ordersMsi 'REMOVEDATA=1' | Out-Null
Assert-That ($null -eq (Get-Service $orders.service.name -ErrorAction SilentlyContinue)) 'the example service is gone'
