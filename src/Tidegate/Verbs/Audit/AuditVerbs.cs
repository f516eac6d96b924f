using System.CommandLine;

namespace Tidegate.Verbs.Audit;

/// <summary><c>tidegate audit</c>.</summary>
internal static class AuditVerbs
{
    public static Command All => new("audit", "Read and check the trail of every change.") { new AuditListVerb(), new AuditVerifyVerb(), new AuditExportVerb() };
}
