using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Consumers.Rules;

/// <summary>A certificate condition says which certificate.</summary>
internal sealed class CertificateRule : ResourceRule<ConsumerConfig>
{
    public override void Check(ConsumerConfig spec, ResourceScope scope)
    {
        for (int i = 0; i < spec.Certificates.Count; i++)
        {
            var (certificate, path) = (spec.Certificates[i], $"spec.certificates[{i}]");
            if (certificate is { Sha256: null, CommonName: null, SubjectAltName: null })
                scope.Error("at_least_one", path, "The condition would match every certificate: give sha256, commonName or subjectAltName.");
        }
    }
}
