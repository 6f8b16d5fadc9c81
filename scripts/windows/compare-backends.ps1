# Builds the default product with candle and light of WiX v3 and compares the tables with those of dist/*.msi, which the
# embedded back end made. Needs the WiX Toolset 3.14; changes nothing on the machine.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$work = Join-Path ([IO.Path]::GetTempPath()) "vigil-wix3-$PID"
$embedded = (Get-ChildItem 'dist/*.msi' | Select-Object -First 1).FullName

# Descriptions in _Validation are prose that the embedded back end leaves out; WiX makes up a new product code each time.
$leftOut = @('_Validation')
$newEachTime = '"Property":"ProductCode"'

# Not through npm: its PowerShell wrapper swallows the "--" before arguments.
function Invoke-Toolchain {
    node scripts/node.mjs installer/cli.ts @args
    if ($LASTEXITCODE -ne 0) { throw "The toolchain failed: $args" }
}

function Read-Overview([string] $msi) {
    return (Invoke-Toolchain inspect $msi --json) -join "`n" | ConvertFrom-Json
}

function Read-Rows([string] $msi, [string] $table) {
    $rows = (Invoke-Toolchain inspect $msi --table $table --json) -join "`n" | ConvertFrom-Json
    return @($rows | ForEach-Object { $_ | ConvertTo-Json -Compress } | Where-Object { -not $_.Contains($newEachTime) } | Sort-Object)
}

Invoke-Toolchain package --backend wix3 --out $work
$wix3 = (Get-ChildItem "$work/*.msi" | Select-Object -First 1).FullName

$different = @()
$ours = Read-Overview $embedded
$theirs = Read-Overview $wix3
foreach ($name in @($ours.tables.name) + @($theirs.tables.name) | Sort-Object -Unique | Where-Object { $_ -notin $leftOut }) {
    $sides = foreach ($side in @(@{ msi = $embedded; overview = $ours }, @{ msi = $wix3; overview = $theirs })) {
        $table = $side.overview.tables | Where-Object name -EQ $name
        $rows = if ($null -eq $table) { @('no such table') } else { @($table.columns | ConvertTo-Json -Compress) + (Read-Rows $side.msi $name) }
        , $rows
    }
    $difference = Compare-Object $sides[0] $sides[1]
    if ($null -eq $difference) { Write-Host "ok: $name" }
    else {
        $different += $name
        Write-Host "different: $name (<= embedded, => wix3)"
        $difference | Format-Table -Wrap -AutoSize | Out-String -Width 400 | Write-Host
    }
}

Remove-Item -Recurse -Force $work
if ($different.Count -gt 0) { throw "Tables differ between the back ends: $($different -join ', ')" }
