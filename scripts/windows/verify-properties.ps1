# Properties that need Windows to be shown: start types as the SCM has them, accounts that really log on, and refusals.
. "$PSScriptRoot/common.ps1"

Invoke-Msiexec '/i' $baseMsi 'STARTTYPE=delayed' | Out-Null
Wait-ForService 'Running'
Assert-That ((Read-Sc 'qc') -match 'AUTO_START\s+\(DELAYED\)') 'the start is delayed'
Assert-Equal (Get-ServiceFacts).DelayedAutoStart $true 'the delay of the start'

# The same package again changes what it is told, and keeps the rest.
foreach ($account in @('NT AUTHORITY\NetworkService', "NT SERVICE\$serviceName", 'LocalSystem')) {
    Invoke-Msiexec '/i' $baseMsi "SERVICEACCOUNT=`"$account`"" | Out-Null
    Wait-ForService 'Running'
    Assert-Equal (Get-ServiceFacts).StartName $account 'the account'
    Assert-Equal (Get-ServiceFacts).DelayedAutoStart $true 'the delay of the start'
}
Invoke-Msiexec '/i' $baseMsi 'STARTTYPE=demand' | Out-Null
# The SCM itself looks at the registry when Windows starts.
Assert-Equal (Get-ItemProperty $serviceKey).Start 3 'the start type in the registry'
Invoke-Msiexec '/i' $baseMsi 'STARTTYPE=auto' | Out-Null
Wait-ForService 'Running'
Assert-Equal (Get-ServiceFacts).StartMode 'Auto' 'the start type'
Assert-Equal (Get-ItemProperty $serviceKey).Start 2 'the start type in the registry'
Invoke-Msiexec '/x' $baseMsi | Out-Null
Assert-Gone

# Refused before anything changes, with the reason in the log.
foreach ($wrong in @('STARTTYPE=sometimes', 'PROFILE=live', 'SERVICEACCOUNT=nobody', 'SERVICEACCOUNT=.\nobody')) {
    $log = Invoke-Msiexec '/i' $baseMsi $wrong 1603
    Assert-That ((Get-Content $log -Raw) -match 'expected|is missing') "the log says what is wrong with $wrong"
    Assert-Gone
}

# Folders elsewhere, found again by the uninstallation.
$elsewhere = Join-Path $env:SystemDrive 'Überwachung & Dienste'
Invoke-Msiexec '/i' $baseMsi "INSTALLDIR=`"$elsewhere\Programm`" DATADIR=`"$elsewhere\Daten`"" | Out-Null
Wait-ForService 'Running'
# As in Program Files, users may not put files there.
$writers = (Get-Acl "$elsewhere\Programm").Access | Where-Object { $_.FileSystemRights -band [System.Security.AccessControl.FileSystemRights]::CreateFiles }
$users = @($writers | Where-Object { $_.IdentityReference.Value -match '\\(Users|Authenticated Users)$|^Everyone$' })
Assert-Equal $users.Count 0 'the number of groups of users who may write into the folder of the program'
Assert-Equal (Get-ServiceFacts).PathName "`"$elsewhere\Programm\$($product.executable).exe`" service" 'the image path'
Invoke-Msiexec '/x' $baseMsi 'REMOVEDATA=1' | Out-Null
Assert-Gone
foreach ($folder in @("$elsewhere\Programm", "$elsewhere\Daten")) {
    Assert-That (-not (Test-Path $folder)) "$folder is gone"
}

# As Group Policy does it: advertised for the machine first, installed by whoever comes.
Start-Process msiexec.exe -ArgumentList "/jm `"$baseMsi`" /qn" -Wait
Invoke-Msiexec '/i' $baseMsi | Out-Null
Wait-ForService 'Running'
Invoke-Msiexec '/x' $baseMsi 'REMOVEDATA=1' | Out-Null
Assert-Gone
