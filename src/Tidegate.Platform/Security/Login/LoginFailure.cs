namespace Tidegate.Platform.Security.Login;

/// <summary>What an attempt means if it fails.</summary>
/// <param name="OfAccount">Failures of the account in a row, this one included.</param>
/// <param name="LocksAccount">With this one the waiting of the account begins.</param>
/// <param name="LocksNetwork">With this one the waiting of the address begins.</param>
/// <param name="Network">The address as it is counted.</param>
internal readonly record struct LoginFailure(int OfAccount, bool LocksAccount, bool LocksNetwork, string Network);
