# A service under a user with a password, changed by an administrator, then upgraded without any property. $variants is the
# output of build-variants.ts.
param([Parameter(Mandatory)] [string] $variants)
. "$PSScriptRoot/common.ps1"

$packages = Get-Content $variants -Raw | ConvertFrom-Json
$user = 'vigil-check'
$account = ".\$user"
$password = "Aa1!$([Guid]::NewGuid())"

# The list is replaced as a whole: it is read first.
function Grant-ServiceLogon([string] $sid) {
    $exported, $template, $database = 'rights.inf', 'grant.inf', 'grant.sdb' | ForEach-Object { Join-Path $env:TEMP $_ }
    secedit.exe /export /cfg $exported /areas USER_RIGHTS | Out-Null
    $line = Select-String -Path $exported -Pattern '^SeServiceLogonRight\s*=\s*(.*)$' | Select-Object -First 1
    $before = if ($null -eq $line) { '*S-1-5-80-0' } else { $line.Matches[0].Groups[1].Value }
    $text = "[Unicode]`r`nUnicode=yes`r`n[Version]`r`nsignature=`"`$CHICAGO`$`"`r`nRevision=1`r`n[Privilege Rights]`r`nSeServiceLogonRight = $before,*$sid`r`n"
    Set-Content $template $text -Encoding Unicode
    secedit.exe /configure /db $database /cfg $template /areas USER_RIGHTS | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "secedit ended with $LASTEXITCODE" }
}

$secure = ConvertTo-SecureString $password -AsPlainText -Force
$sid = (New-LocalUser $user -Password $secure -PasswordNeverExpires).SID.Value
try {
    # Without the right to log on as a service it cannot start, and then nothing is installed.
    $credentials = "SERVICEACCOUNT=$account SERVICEPASSWORD=`"$password`""
    $log = Invoke-Msiexec '/i' $baseMsi $credentials 1603
    Assert-That (-not (Select-String -Path $log -SimpleMatch $password -Quiet)) 'the log does not have the password'
    Assert-Gone

    Grant-ServiceLogon $sid
    Invoke-Msiexec '/i' $baseMsi $credentials | Out-Null
    Wait-ForService 'Running'
    Assert-Equal (Get-ServiceFacts).StartName $account 'the account'
    $actions = (Get-ItemProperty $serviceKey).FailureActions
    $last = 20 + 8 * ([int] [BitConverter]::ToUInt32($actions, 12) - 1)
    Assert-Equal ([BitConverter]::ToUInt32($actions, $last)) 0 'the last recovery action (none)'
    $stored = reg.exe query "HKLM\SOFTWARE\$($product.manufacturer)" /s
    Assert-That (-not ($stored -match [regex]::Escape($password))) 'the registry does not have the password'

    # What an administrator changes.
    $configuration = Join-Path $dataFolder "$($product.executable).yaml"
    Set-Content $configuration '# edited'
    sc.exe failure $serviceName reset= 86400 actions= restart/1000/none/0 | Out-Null
    sc.exe config $serviceName start= demand | Out-Null
    $recovery = Read-Sc 'qfailure'

    Invoke-Msiexec '/i' $packages.next | Out-Null
    Assert-Equal (Get-ServiceFacts).StartName $account 'the account after the upgrade'
    Assert-Equal (Get-ServiceFacts).StartMode 'Manual' 'the start type after the upgrade'
    Assert-Equal (Read-Sc 'qfailure') $recovery 'recovery after the upgrade'
    Assert-Equal (Get-Content $configuration) '# edited' 'the configuration after the upgrade'
    $version = Get-InstalledVersions
    Assert-That ($version -ne '' -and -not $version.Contains(',')) "one version is listed (found $version)"
    Start-Service $serviceName
    Wait-ForService 'Running'

    # Back is refused.
    Invoke-Msiexec '/i' $baseMsi '' 1603 | Out-Null
    Assert-Equal (Get-InstalledVersions) $version 'the version after the refused downgrade'
    Wait-ForService 'Running'

    # Repair, as Windows knows it.
    Stop-Service $serviceName
    Remove-Item (Join-Path $installFolder 'koffi.node')
    Invoke-Msiexec '/fa' $packages.next | Out-Null
    Assert-That (Test-Path (Join-Path $installFolder 'koffi.node')) 'repair brings the file back'
    Assert-Equal (Get-ServiceFacts).StartName $account 'the account after the repair'
    Start-Service $serviceName
    Wait-ForService 'Running'

    Invoke-Msiexec '/x' $packages.next 'REMOVEDATA=1' | Out-Null
    Assert-Gone
    Assert-That (-not (Test-Path $dataFolder)) 'the data folder is gone'
}
finally {
    Remove-LocalUser $user
}
